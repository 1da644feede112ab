/**
 * Sends this process SIGHUP when the one that started it has gone, for example an npm that was killed: it would stay behind, listening.
 */
const CHECK_MS = 100;
const parent = process.ppid;

const timer = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(timer);
  process.kill(process.pid, 'SIGHUP');
}, CHECK_MS);
timer.unref();
