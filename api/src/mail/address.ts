import { AppError } from '../shared/errors.ts'

const longest = 254
const shape = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/

/**
 * An e-mail address in lower case, of the plain shape that all mail servers take: no space, no quote, no line break, so that it
 * adds nothing to the head of a mail. Throws `invalid` `email_not_valid`.
 */
export function checkAddress(text: string): string {
  const address = text.trim().toLowerCase()
  if (address.length > longest || !shape.test(address))
    throw new AppError('invalid', 'email_not_valid', 'email: an address such as name@example.org', { field: 'email' })
  return address
}
