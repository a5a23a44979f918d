/** Answers that are worked out once for each thing they are about. */

/**
 * @param work depends on nothing but its argument. Snapshots, what they hold, and networks are never changed in
 * place, so an answer about one of them holds as long as it does; a patched one is another object.
 */
export function remembered<K extends object, V>(work: (about: K) => V): (about: K) => V {
  const answers = new WeakMap<K, { readonly answer: V }>()
  return (about) => {
    const found = answers.get(about)
    if (found) return found.answer
    const answer = work(about)
    answers.set(about, { answer })
    return answer
  }
}

/** The same for two things, of which the second may be a text. */
export function rememberedFor<K extends object, L, V>(
  work: (about: K, detail: L) => V,
): (about: K, detail: L) => V {
  const answers = remembered((_about: K) => new Map<L, { readonly answer: V }>())
  return (about, detail) => {
    const ofOne = answers(about)
    const found = ofOne.get(detail)
    if (found) return found.answer
    const answer = work(about, detail)
    ofOne.set(detail, { answer })
    return answer
  }
}
