/** Keeps what Node makes of the sources from one start to the next: the second start reads, strips and compiles nothing anew. */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Where the folder cannot be written, nothing is kept and nothing is said.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/laurel', import.meta.url)));
