import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isProblem, Problem } from '../problems/index.js';
import { knownSecrets, type Logger } from '../telemetry/index.js';

/** Every error that leaves the API is a problem of the catalogue; what the catalogue does not know is logged and told as INTERNAL. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Logger,
    /** Hears every problem that leaves. */
    private readonly told: (request: FastifyRequest, problem: Problem) => void = () => undefined,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = asProblem(error);
    if (problem.status >= 500)
      this.log.error({
        event: 'request-failed',
        requestId: request.id,
        method: request.method,
        url: request.url.split('?')[0],
        code: problem.code,
        error: String((error as Error)?.stack ?? error),
      });
    this.told(request, problem);
    sendProblem(reply, problem, request.id);
  }
}

export function sendProblem(reply: FastifyReply, problem: Problem, requestId: string): void {
  if (reply.sent) return;
  if (problem.more.retryAfterSeconds !== undefined) void reply.header('retry-after', String(Math.ceil(problem.more.retryAfterSeconds)));
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer realm="waybill"');
  void reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(knownSecrets.hide(JSON.stringify(problem.body(requestId))));
}

export function asProblem(error: unknown): Problem {
  if (isProblem(error)) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('BODY_TOO_LARGE', 'The body is larger than this route reads.');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('CONTENT_TYPE_UNKNOWN', 'This content type is not read here.');
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH' || code === 'FST_ERR_CTP_EMPTY_JSON_BODY')
    return new Problem('BODY_NOT_JSON', 'The body is not as long as it says.');
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number } | null)?.statusCode;
  if (status === 413) return new Problem('BODY_TOO_LARGE', 'The body is larger than this route reads.');
  if (status === 415) return new Problem('CONTENT_TYPE_UNKNOWN', 'This content type is not read here.');
  if (status === 404) return new Problem('NOT_FOUND', 'There is nothing at this address.');
  if (status !== undefined && status >= 400 && status < 500) return new Problem('REQUEST_INVALID', (error as Error).message);
  return new Problem('INTERNAL', 'Something failed inside the engine.');
}
