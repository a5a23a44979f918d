/** How long what is not needed any more stays: what the deployment and the store must agree on. */

/** The default; the deployment may say otherwise. */
export const HISTORY_DAYS = 90

/** The bucket's lifecycle rule removes objects with the value `true` when the days of the history are over. */
export const EXPIRES_TAG = 'expires'
