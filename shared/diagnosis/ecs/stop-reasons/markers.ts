/**
 * Words that tell a broken path from a refusal, wherever they stand.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html (the network words)
 */

const NETWORK = new RegExp(
  [
    // AWS's own list
    'dial tcp',
    'dial udp',
    'i/o timeout',
    'tls handshake timeout',
    'connection timed out',
    'client\\.timeout exceeded',
    'request canceled while waiting',
    'signal: killed',
    'context deadline exceeded',
    // beyond it
    'there is a connection issue between the task and',
    'connection reset by peer',
    'connection refused',
    'no such host',
  ].join('|'),
  'i',
)

/** `access denied` with a space is Docker's and NFS's way to say several things. */
const ACCESS_DENIED =
  /accessdenied|not authorized to perform|access to kms is not allowed|unauthorizedoperation|\b403 forbidden|status(?: ?code)?:? 403\b/i

export const speaksOfNetwork = (text: string): boolean => NETWORK.test(text)

export const speaksOfRefusal = (text: string): boolean => ACCESS_DENIED.test(text)
