/** What a person or an event asked about; empty lists mean "everything in scope". */
export interface Selection {
  /** Target group ARNs or names. */
  readonly targetGroups: readonly string[]
  /** `CLUSTER/SERVICE` (names), or a service ARN. */
  readonly services: readonly string[]
  /** Task ARNs. */
  readonly tasks: readonly string[]
}

export const everything: Selection = { targetGroups: [], services: [], tasks: [] }

/** One by one. */
export const each = ({ targetGroups, services, tasks }: Selection): readonly Selection[] => [
  ...targetGroups.map((arn) => ({ ...everything, targetGroups: [arn] })),
  ...services.map((name) => ({ ...everything, services: [name] })),
  ...tasks.map((arn) => ({ ...everything, tasks: [arn] })),
]

export const selectsEverything = (selection: Selection): boolean =>
  selection.targetGroups.length + selection.services.length + selection.tasks.length === 0
