/**
 * Names what fails, and fails what takes too long: of the processor, since what else the machine does is nobody's fault. It
 * is asked only of what took long by the clock, and of a second run: asking costs more than a small reader does.
 */
export const within = (name: string, { seconds }: { readonly seconds: number }, run: () => void): void => {
  const start = performance.now();
  try {
    run();
    if (performance.now() - start < seconds * 1000) return;
    const took = processorTime(run);
    if (took > seconds) throw new Error(`it takes ${took.toFixed(1)} s of the processor`);
  } catch (error) {
    throw new Error(name, { cause: error });
  }
};

const processorTime = (run: () => void): number => {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
};
