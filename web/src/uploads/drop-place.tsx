import { FileButton, Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Takes one file by dragging, or by the dialog of the system. */
export function DropPlace({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  return (
    <div
      className="drop-place"
      {...(isOver && { 'data-over': true })}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file) onFile(file);
      }}
    >
      <Text mb="sm">{t('uploads.drop')}</Text>
      <FileButton
        onChange={(file) => {
          if (file) onFile(file);
        }}
      >
        {(props) => <Button {...props}>{t('uploads.choose')}</Button>}
      </FileButton>
    </div>
  );
}
