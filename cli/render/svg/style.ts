/** Light and dark by the reader's own setting; an incident document may be either. */
export const STYLE = `
text{font:12px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#1b2430}
.title{font-size:14px;font-weight:700}.name,.leg,.flow{font-weight:700}.words,.rule{fill:#525d6b}
.ground{fill:#fff}.box{fill:#f6f7f9;stroke:#7a8696}
.block .box{fill:#fde8e8;stroke:#9b1c1c;stroke-width:2.5}.block text{fill:#4a1513}.block .shout{fill:#9b1c1c;font-weight:700}
.partial .box{fill:#fff1d6;stroke:#744700;stroke-width:2.5}.partial text{fill:#41300a}.partial .shout{fill:#744700;font-weight:700}
.unknown .box{fill:#f1e6fb;stroke:#5b2a86;stroke-width:2.5}.unknown text{fill:#3a2352}.unknown .shout{font-weight:700}
.way{stroke:#7a8696;stroke-width:2;fill:none}.behind{stroke-dasharray:2 4}.tip{fill:#7a8696}
@media(prefers-color-scheme:dark){
text{fill:#e6eaf0}.words,.rule{fill:#a6b1bf}.ground{fill:#11151b}.box{fill:#1a2028}
.block .box{fill:#4a1513;stroke:#ffb4ab}.block text,.block .shout{fill:#ffdad5}
.partial .box{fill:#41300a;stroke:#ffd08a}.partial text,.partial .shout{fill:#ffe6bf}
.unknown .box{fill:#3a2352;stroke:#dcb8ff}.unknown text{fill:#f1e6fb}
}
`
