/** As much of pdfmake 0.3 as is used here; its own types would bring those of a browser into the engine. */
declare module 'pdfmake' {
  interface Style {
    fontSize?: number;
    bold?: boolean;
    color?: string;
    alignment?: 'left' | 'right';
    margin?: [left: number, top: number, right: number, bottom: number];
    noWrap?: boolean;
    style?: string;
    width?: number;
  }
  interface Words extends Style {
    text: string;
  }
  interface Columns extends Style {
    columns: Words[];
  }
  interface Table {
    layout: 'lightHorizontalLines';
    table: { headerRows: number; keepWithHeaderRows: number; dontBreakRows: boolean; widths: ('*' | 'auto')[]; body: Words[][] };
  }
  export type Content = Words | Columns | Table;
  export interface Definition {
    pageSize: 'A4';
    pageOrientation: 'landscape';
    pageMargins: [left: number, top: number, right: number, bottom: number];
    info: { title: string; creator: string; producer: string; creationDate: Date };
    language: string;
    displayTitle: boolean;
    defaultStyle: Style & { font: string; lineHeight: number };
    styles: Record<string, Style>;
    footer: (page: number, pages: number) => Content;
    content: Content[];
  }
  const pdfmake: {
    setFonts(fonts: Record<string, Record<string, string>>): void;
    setUrlAccessPolicy(may: (url: string) => boolean): void;
    setLocalAccessPolicy(may: (path: string) => boolean): void;
    createPdf(definition: Definition): { getBuffer(): Promise<Buffer> };
  };
  export default pdfmake;
}
