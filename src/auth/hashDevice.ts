import { createHash } from 'node:crypto';

/** SHA-256 of a device id. Device ids are unguessable by contract, so no salt is needed to keep them from being found. */
export function hashDevice(deviceId: string): Uint8Array {
  return createHash('sha256').update(deviceId, 'utf8').digest();
}
