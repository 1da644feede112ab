/**
 * Sends this process SIGHUP when the one that started it has gone: npm passes signals to the shell that it runs scripts with,
 * and a shell that ends by one leaves the server behind, listening.
 */
const CHECK_MS = 100;
const parent = process.ppid;

const timer = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(timer);
  process.kill(process.pid, 'SIGHUP');
}, CHECK_MS);
timer.unref();
