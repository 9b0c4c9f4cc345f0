import type { Finding } from '../model/index.ts';

/** The version of this way to make ids; a change of it is a change for every baseline. */
export const FINGERPRINT_VERSION = 1;

/** FNV-1a, 64 bits: short, stable, and made of plain arithmetic. Nothing secret hangs on it. */
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    hash ^= BigInt(text.charCodeAt(i));
    hash = BigInt.asUintN(64, hash * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}

const normalised = (text: string): string => text.replace(/\s+/g, ' ').replace(/\d+/g, '#').trim();

/**
 * The id of a finding: from control, service, file and what the lines say, never from line numbers, so that it
 * stays when code above it grows. Equal ones in a file get a number in the order of the text.
 */
export function fingerprints(
  control: string,
  service: string,
  findings: readonly { readonly finding: Finding; readonly excerpt: string }[],
): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ finding, excerpt }) => {
    const path = finding.kind === 'observation' ? '' : (finding.at?.path ?? '');
    const what = excerpt || (finding.kind === 'absence' ? finding.of : '');
    const base = hashOf([FINGERPRINT_VERSION, control, service, path, normalised(what)].join('\n'));
    const nth = seen.get(base) ?? 0;
    seen.set(base, nth + 1);
    return nth === 0 ? base : `${base}-${nth + 1}`;
  });
}

/** What a finding says: its lines without their spacing, or for something missing what is missing. */
export const contentOf = (excerpt: string, message: string): string =>
  hashOf((excerpt || message).replace(/\s+/g, ' ').trim());

/** What several findings say together, whatever their order. */
export const contentOfAll = (findings: readonly { readonly content: string }[]): string => {
  const [first, ...more] = findings.map(({ content }) => content).sort();
  return first === undefined || more.length === 0 ? (first ?? '') : hashOf([first, ...more].join('\n'));
};
