/** A choice of services as a form sends it. */
export type Choice = { isAll: boolean; codes: readonly string[]; q: string }

/** What is chosen now; null is all. */
export const choiceOf = (services: readonly string[] | null): Choice => ({
  isAll: services === null,
  codes: services ?? [],
  q: '',
})

/** What was ticked, and whether it is to be kept or only searched on. */
export function readChoice(values: Readonly<Record<string, string>>): Choice & { isSaved: boolean } {
  const codes = [...new Set((values.service ?? '').split(',').filter((code) => /^[A-Z]\d{2}$/.test(code)))].sort()
  return { isAll: values.which !== 'some', codes, q: (values.q ?? '').slice(0, 200), isSaved: values.act === 'save' }
}
