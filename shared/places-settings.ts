import { requiredSetting } from './environment.ts'

/** Whose accounts are audited: ours alone, or all whose role of that name trusts us. */
export const placesSettings = (environment: NodeJS.ProcessEnv = process.env) => ({
  accountId: requiredSetting('ACCOUNT_ID', environment),
  memberRole: environment.MEMBER_ROLE,
  externalId: environment.MEMBER_EXTERNAL_ID,
  partition: environment.PARTITION,
})
