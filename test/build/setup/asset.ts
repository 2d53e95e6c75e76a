// What a test sees where a page imports a style sheet, a font or a picture.
export default '';
