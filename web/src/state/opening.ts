import { flushSync } from 'preact/compat';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { FindingGroup } from 'seaworthy';
import { targetOf, type Target } from './address.ts';

interface Opening {
  readonly isOpen: (group: string) => boolean;
  readonly toggle: (group: string, open: boolean) => void;
  readonly all: (open: boolean) => void;
  /** What the address points at, until something else is chosen. */
  readonly target: Target | undefined;
}

/** Which groups of findings are open: what the reader opened, what the address names, and all of them on paper. */
export function useOpening(groups: readonly FindingGroup[]): Opening {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [onPaper, setOnPaper] = useState(false);
  const paper = useRef(false);
  const [target, setTarget] = useState<Target | undefined>(undefined);
  const toggle = useCallback((group: string, isOpen: boolean): void => {
    if (paper.current) return; // not the reader, but the print opened it
    setOpen(before => {
      if (before.has(group) === isOpen) return before;
      const after = new Set(before);
      if (isOpen) after.add(group);
      else after.delete(group);
      return after;
    });
  }, []);
  useEffect(() => {
    const follow = (): void => {
      const named = targetOf(location.hash, groups);
      if (named) toggle(named.group, true);
      setTarget(named);
    };
    follow();
    addEventListener('hashchange', follow);
    return () => {
      removeEventListener('hashchange', follow);
    };
  }, [groups, toggle]);
  useEffect(() => {
    const before = (): void => {
      paper.current = true;
      // The print is made right after the event.
      flushSync(() => {
        setOnPaper(true);
      });
    };
    const after = (): void => {
      paper.current = false;
      setOnPaper(false);
    };
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);
  return {
    isOpen: group => onPaper || open.has(group),
    toggle,
    all: isOpen => {
      setOpen(new Set(isOpen ? groups.map(({ id }) => id) : []));
    },
    target,
  };
}
