import hashlib

import streamlit as st

st.title("Tools")
name = st.text_input("Name")
if name:
    st.write(f"Hello, {name}!")
upload = st.file_uploader("A file")
if upload is not None:
    data = upload.getvalue()
    st.write(f"{len(data)} bytes, {hashlib.sha256(data).hexdigest()}")
