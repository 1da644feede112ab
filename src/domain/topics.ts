import { EventEmitter } from 'node:events';

/**
 * What has changed: the standings of the board that a topic is the id of, or what a named topic stands for. Carries no
 * data: losing or merging notices does no harm.
 */
export type Topics = {
  /** Tells every instance, this one included. Never throws and never waits; what cannot be sent is dropped. */
  publish(topic: string): void;
  /** Calls `heard` for each notice about a topic until the returned function is called. */
  listen(topic: string, heard: () => void): () => void;
  /** Calls `resumed` when notices may have been missed and arrive again. */
  onResumed(resumed: () => void): void;
};

/** There is something new in the log of events. */
export const EVENTS = 'events';

/** Topics within one process. */
export function createLocalTopics(): Topics {
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    publish: (topic) => void emitter.emit(eventOf(topic)),
    listen: (topic, heard) => {
      emitter.on(eventOf(topic), heard);
      return () => void emitter.off(eventOf(topic), heard);
    },
    onResumed: () => {},
  };
}

/** An emitter throws at an event named `error` that nobody listens to. */
const eventOf = (topic: string) => `about ${topic}`;
