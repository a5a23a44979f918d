import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { mockClient } from 'aws-sdk-client-mock'
import { afterEach, describe, expect, test } from 'vitest'
import { clientsByPlace } from '../../../shared/snapshot/collect/index.ts'

const sts = mockClient(STSClient)
afterEach(() => sts.reset())

const member = { accountId: '999988887777', region: 'eu-west-3' }

describe('clients of other accounts', () => {
  test('are made once for a place, in its Region', async () => {
    const clients = clientsByPlace({ accountId: '111122223333' })
    const here = { accountId: '111122223333', region: 'eu-central-1' }
    expect(clients(here)).toBe(clients({ ...here }))
    expect(clients({ ...here, region: 'eu-west-1' })).not.toBe(clients(here))
    expect(await clients(here).ec2.config.region()).toBe('eu-central-1')
    expect(sts.calls()).toHaveLength(0)
  })

  test('take the role that trusts us, and take it anew before it ends', async () => {
    sts.on(AssumeRoleCommand).resolves({
      Credentials: {
        AccessKeyId: 'ASIAMEMBER',
        SecretAccessKey: 'secret',
        SessionToken: 'token',
        Expiration: new Date(Date.now() + 3_600_000),
      },
    })
    const clients = clientsByPlace({ accountId: '111122223333', memberRole: 'hca/read', externalId: 'org-7' })
    const { ec2, elb } = clients(member)
    expect(await ec2.config.credentials()).toMatchObject({ accessKeyId: 'ASIAMEMBER', sessionToken: 'token' })
    expect(await elb.config.credentials()).toMatchObject({ accessKeyId: 'ASIAMEMBER' })
    expect(sts.commandCalls(AssumeRoleCommand)[0]?.args[0].input).toEqual({
      RoleArn: 'arn:aws:iam::999988887777:role/hca/read',
      RoleSessionName: 'health-check-auditor',
      ExternalId: 'org-7',
    })
  })

  test('are refused where no role is set up: an answer about our own account would be wrong', () => {
    expect(() => clientsByPlace({ accountId: '111122223333' })(member)).toThrow('MEMBER_ROLE')
  })

  test('an answer without credentials is an error', async () => {
    sts.on(AssumeRoleCommand).resolves({})
    const { ec2 } = clientsByPlace({ accountId: '111122223333', memberRole: 'hca' })(member)
    await expect(ec2.config.credentials()).rejects.toThrow('no credentials')
  })
})
