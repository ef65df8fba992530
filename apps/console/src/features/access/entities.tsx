import { TagsInput } from '@mantine/core';
import { t } from '../../language/index.js';

/** Legal entities that somebody sees; none named means all. */
export function Entities({ value, onChange }: { value: string[]; onChange: (next: string[]) => void }) {
  return (
    <TagsInput
      label={t('Legal entities')}
      description={t('Whose documents they see, as the documents name them, such as US; empty: all')}
      placeholder={value.length === 0 ? t('All') : undefined}
      maxTags={100}
      value={value}
      onChange={onChange}
    />
  );
}

export const entitiesText = (entities: readonly string[]): string => (entities.length === 0 ? t('All') : entities.join(', '));
