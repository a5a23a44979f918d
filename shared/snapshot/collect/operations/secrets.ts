/** Secrets Manager's and Parameter Store's part of the table: whether something is there, never what it is. */
import { type SecretReference, secretIdOf } from '../../references.ts'
import type { Responses } from '../../types.ts'
import { further, orNone } from '../fetch.ts'
import type { KeyedTable, KeySource } from '../keyed.ts'
import { secretReferencesOf } from './named.ts'

const referencesOf = (responses: Responses, kind: SecretReference['kind']) =>
  secretReferencesOf(responses).filter((one) => one.kind === kind)

const keysOf = (kind: SecretReference['kind']): KeySource => ({
  from: ['ecs:DescribeTaskDefinition'],
  keys: (responses) => referencesOf(responses, kind).map(({ key }) => key),
})

const secret = orNone(
  further('secretsmanager', (secrets, SecretId: string) => secrets.describeSecret({ SecretId })),
  ['ResourceNotFoundException'],
  {},
)

/** Of a name that comes from an ARN nobody knows whether it begins with a slash. */
const parameter = further(
  'ssm',
  (ssm, name: string) =>
    ssm.paginateDescribeParameters({
      ParameterFilters: [
        { Key: 'Name', Option: 'Equals', Values: name.includes('/') ? [name] : [name, `/${name}`] },
      ],
    }),
  { Parameters: {} },
)

export const secretsKeyed = {
  'secretsmanager:DescribeSecret': { ...keysOf('secret'), fetch: (c, key) => secret(c, secretIdOf(key)) },
  'ssm:DescribeParameters': { ...keysOf('parameter'), fetch: parameter },
} as const satisfies KeyedTable
