/** Who asks, as API Gateway's authorizer found out; nobody may say it of himself. */

/** What both kinds of HTTP API's authorizers leave in `requestContext`. */
export interface Authorizer {
  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html */
  readonly iam?: { readonly userArn?: string }
  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
  readonly jwt?: { readonly claims: Readonly<Record<string, unknown>> }
}

/** @returns an ARN, an e-mail address or a subject; undefined when no authorizer let the request in */
export function callerOf({ iam, jwt }: Authorizer = {}): string | undefined {
  if (iam) return iam.userArn ?? 'a principal of AWS'
  if (!jwt) return undefined
  const { email, email_verified: verified, sub } = jwt.claims
  // An address that anybody can give himself is no name.
  const address = String(verified) === 'false' ? undefined : email
  return [address, sub].find((name): name is string => typeof name === 'string' && name !== '') ?? 'a person'
}
