// The clock a constellation asks its nodes by.
export const everyFor = (milliseconds: number, run: () => void) => {
  const timer = setInterval(run, milliseconds)
  return () => clearInterval(timer)
}
