import { AppError } from './errors.ts'
import { createRouter } from './http.ts'
import { socketAddressOf } from './http-caller.ts'
import type { Metrics } from './metrics.ts'
import { mayReadMetrics } from './metrics-guard.ts'

type MetricsParts = {
  metrics: Metrics
  token: string | undefined
  isBehindProxy: boolean
  readAlarms: () => Promise<readonly { code: string }[]>
}

const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'] as const

/** `/metrics`, for the monitoring of whoever runs the server. It looks at nobody's account: a program reads it. */
export const createMetricsRoutes = ({ metrics, token, isBehindProxy, readAlarms }: MetricsParts) =>
  createRouter().get('/metrics', async (c) => {
    const may = mayReadMetrics({
      ...{ token, isBehindProxy, authorization: c.req.header('authorization') },
      socketAddress: socketAddressOf(c),
      wasForwarded: forwardingHeaders.some((name) => c.req.header(name) !== undefined),
    })
    if (may === 'no_token') throw new AppError('unauthenticated', 'metrics_token', 'This needs the METRICS_TOKEN')
    if (may === 'nothing_here') throw new AppError('not_found', 'route_not_found', 'Nothing is here')
    const alarms = await readAlarms()
    return c.text(metrics.read(alarms.map(({ code }) => code)), 200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    })
  })
