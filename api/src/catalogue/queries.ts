import {
  catalogueServices,
  catalogueThemes,
  catalogueVersions,
  type Database,
  services,
  type Transaction,
} from '@carnet/db'
import { and, asc, desc, eq, lte, max, ne } from 'drizzle-orm'
import type { Day } from '../shared/days.ts'
import { AppError } from '../shared/errors.ts'
import { takeLock } from '../shared/lock-queries.ts'
import type { CatalogueContent, CatalogueService, CatalogueTheme } from './catalogue-content.ts'
import { type VersionEvent, versionStateAfter } from './catalogue-version.ts'

type Reader = Database | Transaction
export type CatalogueVersion = typeof catalogueVersions.$inferSelect
export type CatalogueServiceRow = typeof catalogueServices.$inferSelect

export async function insertVersion(
  tx: Transaction,
  createdOn: Day,
  content: CatalogueContent,
): Promise<CatalogueVersion> {
  const [latest] = await tx.select({ number: max(catalogueVersions.number) }).from(catalogueVersions)
  const [version] = await tx
    .insert(catalogueVersions)
    .values({ number: (latest?.number ?? 0) + 1, createdOn })
    .returning()
  const versionId = version!.id
  await tx
    .insert(services)
    .values(content.services.map(({ code }) => ({ code })))
    .onConflictDoNothing()
  await tx.insert(catalogueThemes).values(content.themes.map((theme) => ({ ...theme, versionId })))
  await tx.insert(catalogueServices).values(content.services.map((service) => ({ ...service, versionId })))
  return version!
}

export async function getVersion(db: Reader, id: string): Promise<CatalogueVersion> {
  const [version] = await db.select().from(catalogueVersions).where(eq(catalogueVersions.id, id))
  if (!version) throw new AppError('not_found', 'catalogue_version_not_found', `There is no version ${id}`)
  return version
}

export async function listVersions(db: Reader, { withDrafts }: { withDrafts: boolean }): Promise<CatalogueVersion[]> {
  return db
    .select()
    .from(catalogueVersions)
    .where(withDrafts ? undefined : ne(catalogueVersions.state, 'draft'))
    .orderBy(desc(catalogueVersions.number))
}

/** The version in force on a day: the last one published from that day or before. Throws `not_found` before the first. */
export async function getCurrentVersion(db: Reader, day: Day): Promise<CatalogueVersion> {
  const [version] = await db
    .select()
    .from(catalogueVersions)
    .where(and(ne(catalogueVersions.state, 'draft'), lte(catalogueVersions.publishedFrom, day)))
    .orderBy(desc(catalogueVersions.publishedFrom))
    .limit(1)
  if (!version) throw new AppError('not_found', 'catalogue_not_published', 'No catalogue is published yet')
  return version
}

/** One publication at a time: each must see the version it replaces. */
export async function lockPublication(tx: Transaction): Promise<void> {
  await takeLock(tx, 'cataloguePublication')
}

/** The version that no later one replaces; it may start in the future. */
export async function findPublishedVersion(db: Reader): Promise<CatalogueVersion | undefined> {
  const [version] = await db.select().from(catalogueVersions).where(eq(catalogueVersions.state, 'published'))
  return version
}

export async function listThemes(db: Reader, versionId: string): Promise<{ code: string; title: string }[]> {
  return db
    .select({ code: catalogueThemes.code, title: catalogueThemes.title })
    .from(catalogueThemes)
    .where(eq(catalogueThemes.versionId, versionId))
    .orderBy(asc(catalogueThemes.code))
}

export async function listServices(db: Reader, versionId: string): Promise<CatalogueServiceRow[]> {
  return db
    .select()
    .from(catalogueServices)
    .where(eq(catalogueServices.versionId, versionId))
    .orderBy(asc(catalogueServices.code))
}

/** With its services and themes; the codes stay known, so that none is given to another service. */
export async function deleteVersion(tx: Transaction, id: string): Promise<void> {
  await tx.delete(catalogueServices).where(eq(catalogueServices.versionId, id))
  await tx.delete(catalogueThemes).where(eq(catalogueThemes.versionId, id))
  await tx.delete(catalogueVersions).where(eq(catalogueVersions.id, id))
}

export async function insertTheme(tx: Transaction, versionId: string, theme: CatalogueTheme): Promise<void> {
  await tx.insert(catalogueThemes).values({ versionId, ...theme })
}

/** Adds a service to a version, or rewrites the one of this code. */
export async function putServiceRow(
  tx: Transaction,
  versionId: string,
  service: CatalogueService,
): Promise<CatalogueServiceRow> {
  const { code, ...changes } = service
  await tx.insert(services).values({ code }).onConflictDoNothing()
  const [row] = await tx
    .insert(catalogueServices)
    .values({ versionId, ...service })
    .onConflictDoUpdate({ target: [catalogueServices.versionId, catalogueServices.code], set: changes })
    .returning()
  return row!
}

/** The loser of two concurrent moves updates nothing and gets a conflict. */
export async function moveVersion(
  tx: Transaction,
  version: CatalogueVersion,
  event: VersionEvent,
  also: Partial<CatalogueVersion> = {},
): Promise<CatalogueVersion> {
  const [moved] = await tx
    .update(catalogueVersions)
    .set({ ...also, state: versionStateAfter(version.state, event) })
    .where(and(eq(catalogueVersions.id, version.id), eq(catalogueVersions.state, version.state)))
    .returning()
  if (!moved) throw new AppError('conflict', 'catalogue_version_changed', `Version ${version.number} just changed`)
  return moved
}
