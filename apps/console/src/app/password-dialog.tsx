import { Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { changePassword } from '../api/session.js';
import { done } from '../parts/notice.js';
import { Refused } from '../parts/situations.js';

export function PasswordDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const form = useForm({
    initialValues: { current: '', next: '', again: '' },
    validate: {
      current: (value) => (value ? null : 'The password you sign in with now'),
      next: (value) => (value.length >= 12 ? null : 'At least 12 characters'),
      again: (value, values) => (value === values.next ? null : 'Not the same as above'),
    },
  });
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: () => {
      done('Password changed', 'Your other sessions have ended.');
      form.reset();
      onClose();
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} title="Change password" centered>
      <form onSubmit={form.onSubmit(({ current, next }) => change.mutate({ current, next }))} noValidate>
        <Stack>
          <Refused error={change.error} title="Could not change the password" />
          <PasswordInput label="Current password" autoComplete="current-password" {...form.getInputProps('current')} />
          <PasswordInput
            label="New password"
            description="At least 12 characters"
            autoComplete="new-password"
            {...form.getInputProps('next')}
          />
          <PasswordInput label="New password again" autoComplete="new-password" {...form.getInputProps('again')} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={change.isPending}>
              Change password
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
