import type { DemoAccount } from '../accounts/demo-accounts.ts'
import type { OidcProvider } from '../accounts/oidc-provider.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { ScanDesk } from '../redemptions/scan-desk.ts'
import type { ApiDocument } from '../shared/api-docs.ts'
import type { Mode } from './page-props.tsx'

/** What the routes of pages are given once, at the start. */
export type PageParts = {
  mailer: Mailer
  oidc: OidcProvider | undefined
  /** Told of a code that could not be sent. */
  report: (error: unknown) => void
  mode: Mode
  publicUrl: string
  /** Who runs this installation, and where to write to them. */
  operatorContact?: string | undefined
  document: () => ApiDocument
  /** Empty in production. */
  demoAccounts: () => Promise<readonly DemoAccount[]>
  /** A phone that was cut is known no longer, at once. */
  forgetDevice: (id: string) => void
  /** Where the saved scans of a phone are answered. */
  desk: ScanDesk
}
