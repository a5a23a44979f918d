/** Managed prefix lists: the offices', and AWS's own of S3 and DynamoDB. */
import { SERVICE_LISTS } from './generate-endpoints.ts'
import { ACCOUNT, PREFIX_LIST, REGION } from './places.ts'

const OFFICES = Array.from({ length: 12 }, (_, office) => `192.168.${office * 4}.0/22`)

export const prefixListResponses = () => ({
  'ec2:DescribeManagedPrefixLists': {
    PrefixLists: [
      {
        ...listOf(PREFIX_LIST, 'offices', ACCOUNT),
        MaxEntries: 20,
        Version: 3,
        Tags: [],
        OwnerId: ACCOUNT,
      },
      ...SERVICE_LISTS.map(({ service, id }) => ({
        ...listOf(id, `com.amazonaws.${REGION}.${service}`, 'aws'),
        Tags: [],
        OwnerId: 'AWS',
      })),
    ],
  },
  'ec2:GetManagedPrefixListEntries': Object.fromEntries([
    [PREFIX_LIST, entriesOf(OFFICES)],
    ...SERVICE_LISTS.map(({ id, cidrs }) => [id, entriesOf(cidrs)] as const),
  ]),
})

const listOf = (PrefixListId: string, PrefixListName: string, account: string) => ({
  PrefixListId,
  AddressFamily: 'IPv4',
  State: 'create-complete',
  PrefixListArn: `arn:aws:ec2:${REGION}:${account}:prefix-list/${PrefixListId}`,
  PrefixListName,
})

const entriesOf = (cidrs: readonly string[]) => ({ Entries: cidrs.map((Cidr) => ({ Cidr })) })
