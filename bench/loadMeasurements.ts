import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import type { Measurement } from './bench.ts';

const FOLDER = new URL('measurements/', import.meta.url);

/** Each file of `measurements` is one, and exports a function of its name. */
export async function loadMeasurements(): Promise<Map<string, Measurement>> {
  const names = readdirSync(FOLDER).map((file) => basename(file, '.ts'));
  const measurements = new Map<string, Measurement>();
  for (const name of names.toSorted()) {
    const exported = (await import(new URL(`${name}.ts`, FOLDER).href)) as Record<string, Measurement>;
    const measurement = exported[name];
    if (!measurement) throw new Error(`bench/measurements/${name}.ts does not export ${name}`);
    measurements.set(name, measurement);
  }
  return measurements;
}
