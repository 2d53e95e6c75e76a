/** The design system of all pages. A page imports `#renderer/ui/styles/index.css` once and its parts from here. */
export { Banner } from './banner.tsx';
export { Button } from './button.tsx';
export { Combobox } from './combobox.tsx';
export { Dialog } from './dialog.tsx';
export { Checkbox, Choices, Field, FieldError, Select, TextArea, TextInput } from './field.tsx';
export { dialogIsOpen, keyName, useEnterGoesOn, useKeys, type Keys } from './keys.ts';
export { SizeControl, ThemeControl } from './looks-controls.tsx';
export { NothingHere, Panel } from './panel.tsx';
export { useLooks, type Looks } from './preferences.ts';
export { ScanField } from './scan-field.tsx';
export { Skeleton } from './skeleton.tsx';
export { StateWord, type Tone } from './state-word.tsx';
export { StatusLine } from './status-line.tsx';
export { Table } from './table.tsx';
