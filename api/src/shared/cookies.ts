/** Whether browsers reach this site by https: its cookies are for https alone then. */
export const isHttps = (publicUrl: string): boolean => publicUrl.startsWith('https:')

/** Of a cookie that no script reads and no other site sends. */
export const cookieOptions = (publicUrl: string, path = '/') =>
  ({ path, httpOnly: true, secure: isHttps(publicUrl), sameSite: 'Lax' }) as const
