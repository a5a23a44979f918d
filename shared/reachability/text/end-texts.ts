/** What is said of an end, and is not known before the question. */
import { formatAddress } from '../../network/address.ts'
import type { Inside } from '../layers.ts'
import { newShort, type Short, setShort } from './page.ts'

export interface EndTexts {
  readonly id: Short
  readonly text: Short
  readonly subnetId: Short
}

export const newEndTexts = (): EndTexts => ({ id: newShort(), text: newShort(), subnetId: newShort() })

/** @returns whether all of it is plain */
export const setTexts = ({ id, text, subnetId }: EndTexts, { nic, address }: Inside): boolean =>
  setShort(id, nic.id) && setShort(text, formatAddress(address)) && setShort(subnetId, nic.subnetId ?? '')
