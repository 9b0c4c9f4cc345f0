import type { Assessment } from '../model/index.ts';

/** The assessment as it is; the schema is `schema/assessment.schema.json`. */
export const jsonReport = (assessment: Assessment): string => `${JSON.stringify(assessment, undefined, 2)}\n`;
