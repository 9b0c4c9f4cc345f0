/** The same for every command and format. DESIGN, "The gate and the noise". */
export const EXIT = { met: 0, notMet: 1, couldNotRun: 2, undecided: 3 } as const;
