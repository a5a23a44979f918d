/** What was told to whom, beside the finding in the findings table. */
import type { Delivery, DeliveryLog, DeliveryRef } from '../notifications/delivery-log.ts'
import type { Item } from './item.ts'
import { absent, type ItemTable } from './item-table.ts'
import { deliveryKey } from './keys.ts'

export function dynamodbDeliveryLog(table: ItemTable): DeliveryLog {
  const write = (ref: DeliveryRef, { version, told, reference }: Delivery, rest: Item = {}): Item => ({
    ...keyOf(ref),
    entity: 'delivery',
    version,
    ...(told && { told }),
    ...(reference !== undefined && { reference }),
    ...rest,
  })
  return {
    async read(ref) {
      const item = await table.get(keyOf(ref))
      return item ? { version: Number(item.version), ...toldOf(item), ...referenceOf(item) } : { version: 0 }
    },

    claim: (ref, known, { owner, until }, now) =>
      table.put(write(ref, known, { leaseOwner: owner, leaseUntil: until }), {
        text: `${absent.text} OR (version = :known AND (attribute_not_exists(leaseOwner) OR leaseUntil <= :now))`,
        values: { ':known': known.version, ':now': now },
      }),

    async settle(ref, delivery, { owner }) {
      await table.put(write(ref, delivery), { text: 'leaseOwner = :owner', values: { ':owner': owner } })
    },
  }
}

const keyOf = ({ subject, findingId, channel }: DeliveryRef) => deliveryKey(subject.arn, findingId, channel)

const toldOf = ({ told }: Item): Pick<Delivery, 'told'> =>
  told === 'open' || told === 'resolved' ? { told } : {}

const referenceOf = ({ reference }: Item): Pick<Delivery, 'reference'> =>
  typeof reference === 'string' ? { reference } : {}
