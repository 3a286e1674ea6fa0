import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Known to take longest; two workers end together only when no long file is begun last. A name that is gone does no harm. */
const slow = [
  'books/killed-runs',
  'books/books-pdf',
  'money/money-model',
  'pages/demo',
  'privacy/crossed-counts',
  'privacy/release-attacks',
  'privacy/codes-on-disk',
  'server/start-failures',
  'server/secrets',
  'sealing/restore',
  'access/hostile-requests',
  'unit/ledger-model',
  'e2e/coordinator',
  'e2e/pages',
]

/** Files with modules of their own come first, and nothing comes between the others, who share theirs; of each kind the slowest first. */
export default class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification) => {
      const at = slow.findIndex((name) => moduleId.endsWith(`${name}.test.ts`))
      return (project.config.isolate ? 0 : 100) + (at < 0 ? slow.length : at)
    }
    return (await super.sort(files)).sort((one, other) => place(one) - place(other))
  }
}
