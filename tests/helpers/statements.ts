import type { Database } from '@carnet/db'
import type { Sql } from 'postgres'

type Running = Pick<Sql, 'unsafe'> & { savepoint: (run: (sql: Running) => unknown) => unknown }
type Client = { begin: (run: (sql: Running) => unknown) => Promise<unknown> }

/** Every statement that the app sends from now on, without its values, by all its contexts. */
export function listenToStatements(db: Database): string[] {
  const heard: string[] = []
  const { unscoped: client } = db.$client as unknown as { unscoped: Client }
  const begin = client.begin.bind(client)
  function listen(sql: Running): Running {
    const [unsafe, savepoint] = [sql.unsafe, sql.savepoint]
    sql.unsafe = ((text, ...rest) => {
      heard.push(text)
      return unsafe(text, ...rest)
    }) as Sql['unsafe']
    sql.savepoint = (run) => savepoint((inner) => run(listen(inner)))
    return sql
  }
  client.begin = (run) => begin((sql) => run(listen(sql)))
  return heard
}
