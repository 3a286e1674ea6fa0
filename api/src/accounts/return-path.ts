/**
 * Where to go after signing in, when it is a page of this site; else the fallback. What a browser might read as another site
 * (`//host`, `/\host`, a tab in between) is none.
 */
export function safeReturnPath(asked: string | undefined, fallback: string): string {
  if (asked === undefined || asked.length > 500 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(asked) || asked.includes('\\'))
    return fallback
  const base = 'http://own.invalid'
  const url = URL.canParse(asked, base) ? new URL(asked, base) : undefined
  if (url?.origin !== base || url.pathname.startsWith('//')) return fallback
  return url.pathname + url.search
}
