/** Loaded into servers under `--expose-gc`: collects garbage when asked to, so that memory can be compared. */
process.on('SIGUSR2', () => (globalThis as { gc?: () => void }).gc?.());
