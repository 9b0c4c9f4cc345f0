import type { BrokenImport, ImportedPackage } from '../../model/index.ts';
import { unread, type Unread } from '../define.ts';

/** Packages from outside that the start needs and that nothing installs; `unsaid` where nothing says what is installed. */
export function* missingPackages(
  imports: readonly ImportedPackage[],
  unsaid: string,
): Generator<BrokenImport | Unread<'brokenImport'>> {
  for (const { at, name, declared, because, optional, when, way } of imports) {
    if (optional || when === 'call' || declared === 'yes') continue;
    const doubt = unsaid || (declared === 'unclear' ? because : '');
    if (doubt !== '')
      yield unread('brokenImport', at.path, `imports ${name}${unsaid ? ', and' : ':'} ${doubt}`);
    else
      yield {
        kind: 'brokenImport',
        at,
        says: `imports ${name}, which no manifest of the production install names`,
        way,
      };
  }
}
