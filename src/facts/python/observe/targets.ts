import type { LogTarget, Term } from '../../../model/index.ts';
import { byDefault, literalTexts, stated, unclear } from '../../../model/index.ts';

type Target = Pick<LogTarget, 'to' | 'rotates'>;

export const STREAM: Target = { to: stated('stream'), rotates: byDefault(false) };

const DEVICE = /^\/dev\/(stdout|stderr|null|fd\/[12])$|^\/proc\/(self|1)\/fd\/[12]$|^-$/;

/** Where a handler of this name writes to, given its file and the size at which it starts a new one. */
export function targetOf(name: string, file: Term | undefined, size: Term | undefined): Target {
  const word = name.split('.').at(-1) ?? name;
  if (file && literalTexts(file).some(text => DEVICE.test(text))) return STREAM;
  if (/^(StreamHandler|RichHandler|ColorizingStreamHandler|NullHandler)$/.test(word)) return STREAM;
  if (/^TimedRotatingFileHandler$/.test(word)) return { to: stated('file'), rotates: stated(true) };
  if (/RotatingFileHandler$/.test(word)) return { to: stated('file'), rotates: bySize(size) };
  if (word === 'WatchedFileHandler')
    return { to: stated('file'), rotates: unclear('it leaves the rotation to another program') };
  if (word === 'FileHandler') return { to: stated('file'), rotates: stated(false) };
  return { to: stated('collector'), rotates: byDefault(false) };
}

/** Without a size a rotating handler never starts a new file. */
function bySize(size: Term | undefined): LogTarget['rotates'] {
  if (!size) return stated(false);
  return size.kind === 'literal' ? stated(Number(size.value) > 0) : stated(true);
}
