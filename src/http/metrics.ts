import type { ServerResponse } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

/** A value that is kept elsewhere and read when it is asked for. */
export type Metric = { name: string; help: string; kind: 'counter' | 'gauge'; read: () => number };

export type Metrics = { answer(response: ServerResponse): Promise<void> };

/** `/metrics` for Prometheus: those of the process, and ours. Names carry the prefix `laurel_`. */
export function createMetrics(metrics: Metric[]): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const { name, help, kind, read } of metrics) {
    const settings = { name: `laurel_${name}`, help, registers: [registry] };
    if (kind === 'gauge') {
      const gauge: Gauge = new Gauge({ ...settings, collect: () => gauge.set(read()) });
    } else {
      const counter: Counter = new Counter({
        ...settings,
        collect: () => {
          counter.reset();
          counter.inc(read());
        },
      });
    }
  }
  return {
    answer: async (response) => {
      const text = await registry.metrics();
      response.writeHead(200, { 'Content-Type': registry.contentType }).end(text);
    },
  };
}
