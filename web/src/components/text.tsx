import { sentence } from '../state/words.ts';

/** A sentence in which what stands between backquotes is code. */
export function Text({ children }: { readonly children: string }) {
  const parts = sentence(children).split(/`([^`]+)`/);
  return <>{parts.map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>;
}
