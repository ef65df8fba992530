/** What this installation is called, as its badge shows it: `production` becomes `Production`. Empty until the session is known. */
export const environmentName = (given: string | undefined): string => (given ? given[0]!.toUpperCase() + given.slice(1) : '');
