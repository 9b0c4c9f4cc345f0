/** How long and how much is asked. A service that does not keep to it counts as one that does not answer. */
export interface HttpBounds {
  /** For one answer, until its last byte. */
  readonly milliseconds: number;
  /** Of one answer. */
  readonly bytes: number;
  /** Attempts at one answer, where trying again may help. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubled for each further one. */
  readonly pause: number;
}

export type Answer =
  | { readonly state: 'answered'; readonly value: unknown }
  | { readonly state: 'failed'; readonly because: string };

type Attempt = Answer | { readonly state: 'again'; readonly because: string };

/** Asks for JSON: with a body it posts, without it gets. Never throws, and never asks without end. */
export async function askJson(url: string, body: unknown, bounds: HttpBounds): Promise<Answer> {
  let last = '';
  for (let attempt = 0; attempt < bounds.attempts; attempt += 1) {
    if (attempt > 0) await new Promise(resolve => setTimeout(resolve, bounds.pause * 2 ** (attempt - 1)));
    const answer = await askOnce(url, body, bounds);
    if (answer.state !== 'again') return answer;
    last = answer.because;
  }
  return { state: 'failed', because: last };
}

async function askOnce(url: string, body: unknown, bounds: HttpBounds): Promise<Attempt> {
  const accept = { accept: 'application/json' };
  try {
    const response = await fetch(url, {
      ...(body === undefined
        ? { headers: accept }
        : {
            method: 'POST',
            body: JSON.stringify(body),
            headers: { ...accept, 'content-type': 'application/json' },
          }),
      signal: AbortSignal.timeout(bounds.milliseconds),
      // An answer from elsewhere is none of the service that was named.
      redirect: 'manual',
    });
    if (!response.ok) {
      await response.body?.cancel();
      const state = response.status === 429 || response.status >= 500 ? 'again' : 'failed';
      return { state, because: `answered with status ${response.status}` };
    }
    return await valueOf(response, bounds);
  } catch (error) {
    return reasonOf(error, bounds);
  }
}

async function valueOf(response: Response, { bytes }: HttpBounds): Promise<Answer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > bytes) return { state: 'failed', because: `answered with more than ${bytes} bytes` };
    parts.push(part);
  }
  try {
    return { state: 'answered', value: JSON.parse(Buffer.concat(parts).toString('utf8')) };
  } catch {
    return { state: 'failed', because: 'answered with something that is no JSON' };
  }
}

/** Who does not answer in time is not asked again: a run must not wait for it three times. */
function reasonOf(error: unknown, { milliseconds }: HttpBounds): Attempt {
  if (!(error instanceof Error)) return { state: 'failed', because: String(error) };
  if (error.name === 'TimeoutError')
    return { state: 'failed', because: `did not answer within ${milliseconds / 1000} seconds` };
  const { cause } = error;
  const why = cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : error.message;
  return { state: 'again', because: `cannot be reached (${why})` };
}
