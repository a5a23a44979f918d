/** What Slack answers when it refuses, by its own code, with what to do about it. */

const HINTS: Readonly<Record<string, string>> = {
  account_inactive: 'the app was removed from the workspace: install it again',
  channel_not_found: "give the channel's id, and invite the app where the channel is private",
  invalid_auth: 'the token in the secret is not valid',
  invalid_token: 'the webhook in the secret is not valid',
  is_archived: 'the channel is archived',
  missing_scope: 'the app needs the scope chat:write',
  no_service: 'the webhook in the secret was removed',
  not_in_channel: 'invite the app to the channel',
  token_expired: 'the token in the secret has expired',
  token_revoked: 'the token in the secret was revoked',
}

const UNAUTHENTICATED: ReadonlySet<string> = new Set([
  'account_inactive',
  'invalid_auth',
  'invalid_token',
  'no_service',
  'no_team',
  'not_authed',
  'token_expired',
  'token_revoked',
])

const BLOCKS_REFUSED: ReadonlySet<string> = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
])

const THREAD_GONE: ReadonlySet<string> = new Set([
  'cant_update_message',
  'channel_not_found',
  'is_archived',
  'message_not_found',
  'not_in_channel',
  'thread_not_found',
])

export class SlackError extends Error {
  override readonly name = 'SlackError'
  readonly code: string

  /** @param code as in https://docs.slack.dev/reference/methods/chat.postMessage#errors */
  constructor(code: string) {
    const hint = HINTS[code]
    super(`Slack answers ${code}${hint ? `: ${hint}` : ''}`)
    this.code = code
  }
}

const withCode =
  (codes: ReadonlySet<string>) =>
  (error: unknown): boolean =>
    error instanceof SlackError && codes.has(error.code)

/** The secret may have been replaced since it was read. */
export const isUnauthenticated = withCode(UNAUTHENTICATED)
/** The text alone may still be taken. */
export const refusesBlocks = withCode(BLOCKS_REFUSED)
/** The message that was to be changed or replied to is out of reach. */
export const isThreadGone = withCode(THREAD_GONE)
/** A workspace may forbid to edit after some time. */
export const isEditForbidden = withCode(new Set(['edit_window_closed']))
