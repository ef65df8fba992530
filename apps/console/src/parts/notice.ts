import { notifications } from '@mantine/notifications';
import { asProblem } from '../api/problem.js';
import { t } from '../language/index.js';

/** A cross alone says nothing to who hears the page. */
const closeButtonProps = { 'aria-label': t('Close the notice') };

/** Says that something was done, in the words of the button that did it. */
export function done(title: string, message?: string): void {
  notifications.show({ title, message: message ?? '', color: 'teal', autoClose: 5000, closeButtonProps });
}

export function failed(title: string, error: unknown): void {
  const problem = asProblem(error);
  notifications.show({
    title,
    message: [problem.detail, problem.remedy, problem.requestId ? t('Request {{requestId}}', { requestId: problem.requestId }) : undefined]
      .filter(Boolean)
      .join(' '),
    color: 'red',
    autoClose: 12_000,
    closeButtonProps,
  });
}
