import type { Place } from '../types.ts'
import { type Clients, createClients } from './clients.ts'
import { configByPlace, eachPlaceOnce, type PlacesOptions } from './places.ts'

/** @returns the same clients for the same account and Region */
export function clientsByPlace(options: PlacesOptions): (place: Place) => Clients {
  const configOf = configByPlace(options)
  return eachPlaceOnce((place) => createClients(configOf(place)))
}
