import type { CodeView } from '../code/view.ts';

/** The Python of one service. */
export type PythonView = CodeView;
