/** What the deployment and the object store must agree on. */

/** Objects with the value `true` expire when the days of the history are over. */
export const EXPIRES_TAG = 'expires'
