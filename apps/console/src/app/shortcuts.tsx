import { Kbd, Modal, Table } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { toggleSpotlight } from '@mantine/spotlight';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { t } from '../language/index.js';
import { jumpMs, keysAreTaken, notYet } from '../parts/row-keys.js';

const opened = new EventTarget();
export const openShortcuts = () => void opened.dispatchEvent(new Event('open'));

const goTo = {
  o: '/overview',
  m: '/messages',
  r: '/runs',
  e: '/exceptions',
  a: '/approvals',
  f: '/flows',
  p: '/mappings',
  t: '/tables',
  c: '/connections',
} as const;

const sheet: [string[], string][] = [
  [[t('Ctrl'), 'K'], t('Search, or jump to an id')],
  [['/'], t('Filter the list')],
  [['/', '…', t('Enter')], t('From the filter to the first row')],
  [['j'], t('Next row')],
  [['k'], t('Row before')],
  [[t('Enter')], t('Open the row')],
  [[t('Space')], t('Peek at the row')],
  [['x'], t('Select the row')],
  [['a'], t('Assign the exception, or the selected ones')],
  [['s'], t('Snooze')],
  [['e'], t('Resolve without posting')],
  [['r'], t('Replay')],
  [[t('Esc')], t('Close what is open')],
  [['g', 'o'], t('Overview')],
  [['g', 'm'], t('Messages')],
  [['g', 'e'], t('Exceptions')],
  [['g', 'r'], t('Runs')],
  [['g', 'a'], t('Approvals')],
  [['g', 'f'], t('Flows')],
  [['g', 'p'], t('Mappings')],
  [['g', 't'], t('Tables')],
  [['g', 'c'], t('Connections')],
  [['?'], t('This sheet')],
];

/** Keys that work everywhere, and the sheet that lists them. Each has a button or a link that does the same. */
export function Shortcuts() {
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  useHotkeys([['mod + K', toggleSpotlight]]);
  useEffect(() => {
    let went = notYet;
    const onKey = (event: KeyboardEvent) => {
      if (keysAreTaken(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '?') setOpen(true);
      else if (event.key === 'g') went = event.timeStamp;
      else if (event.timeStamp - went < jumpMs && event.key in goTo) {
        went = notYet;
        void navigate({ to: goTo[event.key as keyof typeof goTo] });
      } else return;
      event.preventDefault();
    };
    const show = () => setOpen(true);
    window.addEventListener('keydown', onKey);
    opened.addEventListener('open', show);
    return () => {
      window.removeEventListener('keydown', onKey);
      opened.removeEventListener('open', show);
    };
  }, [navigate]);
  return (
    <Modal opened={open} onClose={() => setOpen(false)} title={t('Keyboard shortcuts')} size="sm" closeOnClickOutside>
      <Table withRowBorders={false} verticalSpacing={4}>
        <Table.Tbody>
          {sheet.map(([keys, what]) => (
            <Table.Tr key={what}>
              <Table.Td w={110}>
                {keys.map((key) => (
                  <Kbd key={key} size="sm" mr={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
