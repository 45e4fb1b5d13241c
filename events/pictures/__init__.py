"""Pictures as SVG, drawn on the server for admin and public pages alike.

Each file draws one kind and is pure: plain values in, safe markup out. Every picture

- is a `<figure>` around a named `<svg>` (events.pictures.table); its parts have titles,
  and are links where there is something to open. A picture has no parts for those who
  tab through a page: links inside it have tabindex=-1 and stand in the table again;
- is followed by a table with the same content (events.pictures.table);
- writes no style into the markup: colours are CSS variables, for light, dark and print
  (events/static/events/*.css), so that the strictest policy lets it through.

An svg with the class `nd-zoom` can be moved, enlarged and pointed at by people who
have scripts (events/static/events/picture.js). What moves is its `.nd-stage`: a `<g>`,
which is moved and scaled, or an `<svg>`, which is only stretched along: what is placed
in per cent of its width spreads, and nothing else grows. Parts that belong together
carry the same word in `data-item`, and are lit up together under the pointer: a node
`data-item="a7"`, an edge `data-item="a7 a9"`.
"""
