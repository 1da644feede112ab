/** Of the nodes that the tests start; they listen on loopback only and go with the run. */
export const KAFKA_USER = 'laurel';
export const KAFKA_PASSWORD = 'only-for-tests';
export const KEYSTORE_PASSWORD = 'only-for-tests';
