import { Alert, Button, Group, SegmentedControl, Text } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { t } from '../../language/index.js';
import { Diff } from '../diff.js';
import type { EditedText } from '../edited-text.js';
import { mergeTexts } from '../merge-texts.js';

/** Somebody else saved while this text was being written. Both are shown, and nothing of either is lost unseen. */
export default function SavedBetween({ edited, by, language }: { edited: EditedText; by: string; language: 'yaml' | 'jsonata' }) {
  const [shown, setShown] = useState<'theirs' | 'mine'>('theirs');
  const { base, text, theirs, goOnWith } = edited;
  const together = useMemo(() => theirs && mergeTexts(base.text, { mine: text, theirs: theirs.text }), [base.text, text, theirs]);
  if (!theirs) return null;
  const [before, now] = [t('Version {{version}}', { version: base.version }), t('Version {{version}}', { version: theirs.version })];
  return (
    <Alert
      color="yellow"
      mb="sm"
      icon={<IconGitMerge size={18} />}
      title={t('{{by}} saved version {{version}} in between', { by, version: theirs.version })}
    >
      <Text size="sm" mb="xs">
        {together === undefined
          ? t(
              'Your text is kept, and is not saved. Both of you changed the same lines: bring them together here, then go on with your text.',
            )
          : t('Your text is kept, and is not saved. You changed different lines, so both can be put together.')}
      </Text>
      <Group gap="xs" mb="sm">
        {together === undefined ? null : (
          <Button size="xs" onClick={() => goOnWith(together)}>
            {t('Put both together')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={() => goOnWith(text)}>
          {t('Go on with my text')}
        </Button>
        <Button size="xs" variant="default" onClick={() => goOnWith(theirs.text)}>
          {t('Take version {{version}}', { version: theirs.version })}
        </Button>
        <div style={{ flex: 1 }} />
        <SegmentedControl
          size="xs"
          aria-label={t('What to compare')}
          value={shown}
          onChange={(next) => setShown(next === 'mine' ? 'mine' : 'theirs')}
          data={[
            { value: 'theirs', label: t('What they changed') },
            { value: 'mine', label: t('Theirs beside mine') },
          ]}
        />
      </Group>
      {shown === 'theirs' ? (
        <Diff before={base.text} after={theirs.text} beforeLabel={before} afterLabel={now} language={language} />
      ) : (
        <Diff before={theirs.text} after={text} beforeLabel={now} afterLabel={t('Your text')} language={language} />
      )}
    </Alert>
  );
}
