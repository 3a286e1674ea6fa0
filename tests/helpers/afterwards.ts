import { afterAll, onTestFinished, TestRunner } from 'vitest'

/** Runs when the test that asked for it ends, or after its file when none did: inside a test, `afterAll` would never be run. */
export function afterwards(clean: () => unknown): void {
  const end = async () => void (await clean())
  if (TestRunner.getCurrentTest()) onTestFinished(end)
  else afterAll(end)
}
